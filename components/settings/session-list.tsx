'use client';

import { useActionState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { type Loss, useGuardedAction } from '#components/ui/use-guarded-action.ts';
import type { SessionEntry } from '#lib/auth/sessions/list-sessions.ts';

type State = { outcome?: 'ended' | 'notFound'; loss?: Loss };
type Props = {
  sessions: SessionEntry[];
  action: (state: State, form: FormData) => Promise<State>;
};

/** Where this person is logged in; all but the device in hand can be disconnected. */
export function SessionList({ sessions, action }: Props) {
  const t = useTranslations('settings.sessions');
  const tAuth = useTranslations('auth');
  const format = useFormatter();
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss): State => ({ loss })),
    {},
  );
  return (
    <>
      {state.outcome && (
        <Banner tone={state.outcome === 'ended' ? 'success' : 'info'} className="mb-5">
          {t(state.outcome)}
        </Banner>
      )}
      {state.loss && (
        <Banner tone="danger" className="mb-5">
          {tAuth(`errors.${state.loss}`)}
        </Banner>
      )}
      <ul aria-label={t('title')} className="-my-3 divide-y divide-line">
        {sessions.map(({ sessionId, device, ip, lastSeenAt, isHere }) => {
          const name = device ?? t('unknown');
          const time = format.dateTime(new Date(lastSeenAt), { dateStyle: 'medium', timeStyle: 'short' });
          return (
            <li key={sessionId} className="flex min-h-16 items-center justify-between gap-4 py-3">
              <div className="min-w-0">
                <p className="text-body break-keep">{name}</p>
                {/* Engines write dates with slightly different spaces. */}
                <p
                  suppressHydrationWarning
                  className="text-sm break-keep text-muted wrap-anywhere tabular-nums"
                >
                  {isHere ? t('here') : t('seen', { time })}
                  {ip && ` · ${ip}`}
                </p>
              </div>
              {!isHere && (
                <form action={formAction} className="shrink-0">
                  <input type="hidden" name="sessionId" value={sessionId} />
                  <Button
                    type="submit"
                    variant="secondary"
                    size="sm"
                    aria-label={t('endNamed', { device: name })}
                    isPending={isPending}
                  >
                    {t('end')}
                  </Button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

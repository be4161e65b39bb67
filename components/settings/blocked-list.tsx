'use client';

import { useActionState } from 'react';
import { useTranslations } from 'use-intl';
import { formatRetry } from '#components/auth/format-retry.ts';
import { Name } from '#components/chat/name.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { type Loss, useGuardedAction } from '#components/ui/use-guarded-action.ts';
import type { BlockedPartner } from '#lib/chat/list-blocked.ts';

/** What came of the last try to unblock somebody; empty before the first. */
export type UnblockState = { outcome?: 'unblocked' | 'notFound'; retryAfterMs?: number; loss?: Loss };

type Props = {
  people: BlockedPartner[];
  action: (state: UnblockState, form: FormData) => Promise<UnblockState>;
};

/** Whom this person has blocked, each with the way to unblock them. */
export function BlockedList({ people, action }: Props) {
  const t = useTranslations('settings.blocked');
  const tAuth = useTranslations('auth');
  const [state, formAction, isPending] = useActionState(
    useGuardedAction(action, (loss): UnblockState => ({ loss })),
    {},
  );
  return (
    <>
      {state.outcome && (
        <Banner tone={state.outcome === 'unblocked' ? 'success' : 'info'} className="mb-5">
          {t(state.outcome)}
        </Banner>
      )}
      {state.retryAfterMs !== undefined && (
        <Banner tone="danger" className="mb-5">
          {formatRetry(tAuth, state.retryAfterMs)}
        </Banner>
      )}
      {state.loss && (
        <Banner tone="danger" className="mb-5">
          {tAuth(`errors.${state.loss}`)}
        </Banner>
      )}
      {people.length === 0 ? (
        <p className="text-body text-muted break-keep">{t('none')}</p>
      ) : (
        <ul aria-label={t('title')} className="-my-3 divide-y divide-line">
          {people.map(({ conversationId, userId, username }) => (
            <li key={conversationId} className="flex min-h-16 items-center gap-3 py-3">
              <Avatar userId={userId} name={username} size="sm" />
              <Name className="min-w-0 flex-1 text-body wrap-anywhere">{username}</Name>
              <form action={formAction} className="shrink-0">
                <input type="hidden" name="conversationId" value={conversationId} />
                <Button
                  type="submit"
                  variant="secondary"
                  size="sm"
                  aria-label={t('unblockNamed', { name: username })}
                  isPending={isPending}
                >
                  {t('unblock')}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

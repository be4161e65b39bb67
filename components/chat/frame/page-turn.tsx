'use client';

import { usePathname, useRouter } from 'next/navigation';
import {
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  useTransition,
} from 'react';
import { useTranslations } from 'use-intl';
import { SettingsSkeleton } from '#components/settings/settings-skeleton.tsx';
import { isPlainClick } from '#components/ui/is-plain-click.ts';
import { isConversationPage, parseConversationId } from '../conversation/conversation-id.ts';
import { ChatSkeleton } from './chat-skeleton.tsx';

type PageTurn = {
  /** The path of the page that is on its way; null while none is. */
  pendingPath: string | null;
  /** Goes to a page of the members, whose outline is shown until the server has answered. */
  turnTo: (href: string, how?: 'push' | 'replace') => void;
  /** Goes to the page before this one, which is known to be at `path`. */
  turnBack: (path: string) => void;
};

const PageTurnContext = createContext<PageTurn>({ pendingPath: null, turnTo: () => {}, turnBack: () => {} });

/** The page that is on its way, and the means to go to one. */
export function usePageTurn(): PageTurn {
  return useContext(PageTurnContext);
}

const toPath = (href: string) => href.split(/[?#]/)[0] ?? href;

/** Between conversations no server is asked, and the way back to the list is the chat's own. */
function isTurn(from: string, to: string): boolean {
  if (!/^\/(?:chat|search|starred|settings)(?:\/|$)/.test(to) || to === from) return false;
  if (isConversationPage(from) && isConversationPage(to)) return false;
  return to !== '/chat' || from.startsWith('/settings');
}

/** Goes back in the history; `backTo` is the path that is on its way by that. */
function useTurnBack(pathname: string) {
  const [back, setBack] = useState<{ from: string; to: string } | null>(null);
  if (back && back.from !== pathname) setBack(null);
  /** A second ← or Escape in the same breath must not lead past the page that the first goes to. */
  const isGoingBack = useRef(false);
  const turnBack = useCallback(
    (path: string) => {
      if (isGoingBack.current) return;
      isGoingBack.current = true;
      if (isTurn(pathname, path)) setBack({ from: pathname, to: path });
      // Its caller knows the entry before this one by the same API. Stopped on its way, the page stays.
      const going = window.navigation?.back().finished ?? Promise.reject();
      going
        .catch(() => setBack(null))
        .finally(() => {
          isGoingBack.current = false;
        });
    },
    [pathname],
  );
  return { backTo: back?.to ?? null, turnBack };
}

/**
 * Answers a click on a link to another page of the members at once, however slow the network is: with
 * the outline of that page. A `loading.tsx` would come with the server's answer, or ahead of it only where
 * the link was fetched before, and would hide the page from browsers without scripts.
 */
export function PageTurnProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const router = useRouter();
  const pathname = usePathname();
  const [target, setTarget] = useState('');
  const [isPending, startTransition] = useTransition();
  const { backTo, turnBack } = useTurnBack(pathname);
  const turnTo = useCallback(
    (href: string, how: 'push' | 'replace' = 'push') => {
      setTarget(toPath(href));
      startTransition(() => router[how](href));
    },
    [router],
  );
  const pendingPath = isPending && target !== pathname ? target : backTo;
  const turn = useMemo(() => ({ pendingPath, turnTo, turnBack }), [pendingPath, turnTo, turnBack]);

  function followLink(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const href = link?.getAttribute('href') ?? '';
    const isOwnWay = link?.hasAttribute('target') || link?.hasAttribute('data-goes-up');
    if (!isPlainClick(event) || isOwnWay || !isTurn(pathname, toPath(href))) return;
    event.preventDefault();
    turnTo(href, link?.hasAttribute('data-replaces') ? 'replace' : 'push');
  }

  const isSettings = (path: string | null) => path?.startsWith('/settings') ?? false;
  // Between two pages of the settings their own frame shows the outline.
  const isToSettings = isSettings(pendingPath) && !isSettings(pathname);
  const isToChat = pendingPath !== null && !isSettings(pendingPath) && isSettings(pathname);
  // The outline of a conversation says so itself.
  const isSaid = pendingPath !== null && (isToChat || parseConversationId(pendingPath) === null);
  return (
    <PageTurnContext value={turn}>
      <p role="status" className="sr-only">
        {isSaid && t('loading')}
      </p>
      <div className="contents" inert={isToSettings || isToChat} onClickCapture={followLink}>
        {children}
      </div>
      {isToSettings && <SettingsSkeleton />}
      {isToChat && <ChatSkeleton />}
    </PageTurnContext>
  );
}

'use client';

import { useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { SearchFailure } from '#components/search/search-failure.tsx';
import { SearchField } from '#components/search/search-field.tsx';
import { useListKeys } from '#components/search/use-list-keys.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { isTouchDevice } from '../../composer/composer-box.ts';
import { ChosenPeople } from './chosen-people.tsx';
import { ForwardOptions } from './forward-options.tsx';
import { type FindPeople, MAX_TARGETS, type Target, useForwardChoice } from './use-forward-choice.ts';
import type { Forwarding } from './use-forwarding.ts';

type Props = { forwarding: Forwarding; findPeople: FindPeople };

/** Asks to whom messages are forwarded. */
export function ForwardDialog({ forwarding, findPeople }: Props) {
  const t = useTranslations('chat.forward');
  const { seqs, cancel } = forwarding;
  const count = seqs?.length ?? 0;
  return (
    <Dialog
      open={seqs !== null}
      onOpenChange={cancel}
      title={count > 1 ? t('titleMany', { count }) : t('title')}
    >
      <ForwardForm forwarding={forwarding} findPeople={findPeople} />
    </Dialog>
  );
}

/** What the dialog holds; it begins anew each time it opens. */
function ForwardForm({ forwarding, findPeople }: Props) {
  const t = useTranslations('chat.forward');
  const tCommon = useTranslations('common');
  const tAct = useTranslations('chat.act');
  const listId = useId();
  const field = useRef<HTMLDivElement>(null);
  const choice = useForwardChoice(findPeople);
  const { query, options, chosen, isFull, isPending, failure, isChosen } = choice;
  const toggle = (target: Target) => {
    forwarding.forgetFailure();
    choice.toggle(target);
  };
  const keys = useListKeys({
    count: options.length,
    initial: query ? 0 : -1,
    onEnter: (index) => options[index] && toggle(options[index]),
    onEscape: () => (query ? changeQuery('') : forwarding.cancel()),
  });
  function changeQuery(next: string) {
    choice.changeQuery(next);
    keys.setActive(next ? 0 : -1);
  }
  const activeId = options[keys.active]?.userId;
  useEffect(() => {
    // A phone's keyboard would cover the conversations, of which the first is mostly meant.
    if (!isTouchDevice()) field.current?.querySelector('input')?.focus();
  }, []);
  return (
    <div className="flex flex-col">
      <div ref={field}>
        <SearchField
          label={t('search')}
          placeholder={t('placeholder')}
          isPending={isPending}
          value={query}
          onChange={({ target }) => changeQuery(target.value)}
          {...keys.box}
          aria-autocomplete="list"
          aria-controls={options.length > 0 ? listId : undefined}
          aria-activedescendant={activeId && `target-${activeId}`}
        />
      </div>
      {/* Of one height, and what is said of the choice below: the rows stay where they are under the pointer. */}
      <div className="mt-1 flex h-[min(24rem,40dvh)] flex-col">
        <div className="-mx-2 min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-1">
          <ForwardOptions
            id={listId}
            label={t('list')}
            options={options}
            activeId={activeId}
            isChosen={isChosen}
            isFull={isFull}
            onPoint={keys.setActive}
            onToggle={toggle}
          />
          {failure && <SearchFailure error={failure} onRetry={choice.searchAgain} />}
          {options.length === 0 && !isPending && !failure && (
            <p role="status" className="px-3 py-8 text-center text-muted break-keep">
              {t(query ? 'none' : 'empty')}
            </p>
          )}
        </div>
        <ChosenPeople chosen={chosen} onRemove={toggle} />
        <p role="status" className="mt-1 px-1 text-sm text-muted empty:hidden">
          {isFull
            ? t('full', { max: MAX_TARGETS })
            : chosen.length > 0 && t('count', { count: chosen.length })}
        </p>
        {forwarding.failure && (
          <Banner tone="danger" className="mt-2">
            {forwarding.failure}
          </Banner>
        )}
      </div>
      <div className="mt-4 flex gap-2 sm:justify-end">
        <Button variant="secondary" onClick={forwarding.cancel} className="max-sm:flex-1">
          {tCommon('cancel')}
        </Button>
        <Button
          disabled={chosen.length === 0}
          isPending={forwarding.isPending}
          onClick={() => void forwarding.send(chosen)}
          className="max-sm:flex-1"
        >
          {tAct('forward')}
        </Button>
      </div>
    </div>
  );
}

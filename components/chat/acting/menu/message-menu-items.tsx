'use client';

import {
  CircleCheck,
  Copy,
  Forward,
  Info,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Star,
  StarOff,
  Trash2,
} from 'lucide';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { MenuItem } from '#components/ui/menu-list.tsx';

/** What is so or not, and the way to the other. */
type Toggle = { isOn: boolean; toggle: () => void };

/** What is done with a message; absent is what cannot be done with this one. */
export type MenuChoices = {
  reply?: () => void;
  react?: (emoji: string, on: boolean) => void;
  copy?: () => void;
  forward?: () => void;
  edit?: () => void;
  pin?: Toggle;
  star?: Toggle;
  select?: () => void;
  details?: () => void;
  remove?: () => void;
};

/** The items of a message's menu; `onReact` shows the emoji to choose from. */
export function MessageMenuItems({ choices, onReact }: { choices: MenuChoices; onReact: () => void }) {
  const t = useTranslations('chat.act');
  return (
    <>
      {choices.reply && (
        <MenuItem onSelect={choices.reply} icon={<Icon of={Reply} />}>
          {t('reply')}
        </MenuItem>
      )}
      {choices.react && (
        <MenuItem staysOpen onSelect={onReact} icon={<Icon of={SmilePlus} />}>
          {t('react')}
        </MenuItem>
      )}
      {choices.copy && (
        <MenuItem onSelect={choices.copy} icon={<Icon of={Copy} />}>
          {t('copy')}
        </MenuItem>
      )}
      {choices.forward && (
        <MenuItem onSelect={choices.forward} icon={<Icon of={Forward} />}>
          {t('forward')}
        </MenuItem>
      )}
      {choices.edit && (
        <MenuItem onSelect={choices.edit} icon={<Icon of={Pencil} />}>
          {t('edit')}
        </MenuItem>
      )}
      {choices.pin && (
        <MenuItem onSelect={choices.pin.toggle} icon={<Icon of={choices.pin.isOn ? PinOff : Pin} />}>
          {t(choices.pin.isOn ? 'unpin' : 'pin')}
        </MenuItem>
      )}
      {choices.star && (
        <MenuItem onSelect={choices.star.toggle} icon={<Icon of={choices.star.isOn ? StarOff : Star} />}>
          {t(choices.star.isOn ? 'unstar' : 'star')}
        </MenuItem>
      )}
      {choices.select && (
        <MenuItem onSelect={choices.select} icon={<Icon of={CircleCheck} />}>
          {t('select')}
        </MenuItem>
      )}
      {choices.details && (
        <MenuItem onSelect={choices.details} icon={<Icon of={Info} />}>
          {t('details')}
        </MenuItem>
      )}
      {choices.remove && (
        <MenuItem onSelect={choices.remove} icon={<Icon of={Trash2} />} tone="danger">
          {t('delete')}
        </MenuItem>
      )}
    </>
  );
}

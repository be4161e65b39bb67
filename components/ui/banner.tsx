import { CircleAlert, CircleCheck, Info } from 'lucide';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Icon } from './icon.tsx';

const tones = {
  info: { look: 'bg-wash text-ink', icon: Info, mark: 'text-muted' },
  success: { look: 'bg-celadon-soft text-ink', icon: CircleCheck, mark: 'text-celadon' },
  warning: { look: 'bg-persimmon-soft text-ink', icon: CircleAlert, mark: 'text-persimmon' },
  danger: { look: 'bg-danger-soft text-ink', icon: CircleAlert, mark: 'text-danger' },
} as const;

type Props = { tone: keyof typeof tones; children: ReactNode; action?: ReactNode; className?: string };

/** One quiet line about the state of things; `danger` interrupts a screen reader, the others wait. */
export function Banner({ tone, children, action, className }: Props) {
  const { look, icon, mark } = tones[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn('flex items-center gap-3 rounded-control px-4 py-2.5 text-sm', look, className)}
    >
      <Icon of={icon} className={cn('size-5 shrink-0', mark)} />
      <div className="min-w-0 flex-1 break-keep">{children}</div>
      {action}
    </div>
  );
}

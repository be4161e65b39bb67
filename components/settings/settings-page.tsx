import { type ReactNode, useId } from 'react';

/** One page of the settings: its name, then its parts. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h1 id={id} className="mb-6 text-2xl font-semibold">
        {title}
      </h1>
      {children}
    </section>
  );
}

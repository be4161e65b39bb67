import { type ReactNode, useId } from 'react';

/** A titled part of a page of the settings, set off by a hairline from the part above it. */
export function SettingsSection({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="mt-8 border-t border-line pt-7 [h1+&]:mt-0 [h1+&]:border-0 [h1+&]:pt-0"
    >
      <h2 id={id} className="text-lg font-semibold break-keep">
        {title}
      </h2>
      {lead && <p className="mt-1 text-sm text-muted break-keep">{lead}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}

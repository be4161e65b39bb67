import { Button } from '#components/ui/button.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Mark } from '#components/ui/mark.tsx';

type Props = {
  title: string;
  text: string;
  /** The one button that changes something; a plain form, so that it works without scripts. */
  form?: { action: string; label: string };
  settingsLabel?: string;
};

/** The page behind a mail's unsubscribe link. */
export function UnsubscribePanel({ title, text, form, settingsLabel }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center px-6 py-12">
      <Mark className="mb-6 size-10" />
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="mt-2 text-base text-muted break-keep">{text}</p>
      <div className="mt-7 flex flex-wrap gap-2">
        {form && (
          <form method="post" action={form.action}>
            <Button type="submit">{form.label}</Button>
          </form>
        )}
        {settingsLabel && (
          <LinkButton href="/settings/notifications" variant="secondary">
            {settingsLabel}
          </LinkButton>
        )}
      </div>
    </main>
  );
}

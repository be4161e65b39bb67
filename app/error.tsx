'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { ErrorScreen } from '#components/ui/error-screen.tsx';

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page that failed; the server has logged the cause under the same digest. */
export default function ErrorPage({ error, reset }: Props) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="flex min-h-dvh flex-col justify-center pt-safe pb-safe">
      <ErrorScreen digest={error.digest} onRetry={retry} />
    </main>
  );
}

import { cookies } from 'next/headers';
import { CHOICE_COOKIE_SECONDS } from '#lib/runtime/choice-cookie.ts';
import { isSecureOrigin } from '#lib/runtime/env.ts';

/** Keeps a choice in this browser alone, in the cookie `name`. */
export async function keepChoice(name: string, value: string): Promise<void> {
  (await cookies()).set(name, value, {
    path: '/',
    maxAge: CHOICE_COOKIE_SECONDS,
    sameSite: 'lax',
    secure: isSecureOrigin(),
  });
}

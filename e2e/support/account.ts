import { expect, type Locator, type Page } from '@playwright/test';
import type { Names } from './names.ts';

/** The input with exactly this label. */
export const fieldOf = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** Asserts that a field is refused with this sentence, which assistive technology reads with it. */
export async function expectFieldError(field: Locator, text: string): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(text);
}

/** Presses the form's own submit button, not a link of the same name. */
export const submit = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Fills the sign-up form without sending it. */
export async function fillSignUp(
  page: Page,
  names: Names,
  person: { username: string; email: string; password: string; confirmPassword?: string },
): Promise<void> {
  await fieldOf(page, names.username).fill(person.username);
  await fieldOf(page, names.email).fill(person.email);
  await fieldOf(page, names.password).fill(person.password);
  await fieldOf(page, names.confirmPassword).fill(person.confirmPassword ?? person.password);
}

/** Opens a page of a member and resolves when its live connection stands. */
export async function openLiveChat(page: Page, path = '/chat'): Promise<void> {
  const connected = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"heads"')) resolve();
      });
    });
  });
  await page.goto(path);
  await connected;
}

import { createTransport } from 'nodemailer';
import { submit } from './support/account.ts';
import { goToConversation, messageAt, openMenu, showList } from './support/conversation.ts';
import { openMail, readLink } from './support/mailbox.ts';
import { entryOf, expect, logIn, messageOf, sendMessage, test } from './support/test.ts';

test('a reply to the mail appears live, marked as by e-mail, and marks read what it answers @once', async ({
  pair,
  openContext,
  names,
  texts,
}) => {
  const { first, second, openConversation } = pair;
  await openConversation(first, second);
  await sendMessage(first.page, names, '토요일에 볼까요?');
  const page = await (await openContext()).newPage();
  await openMail(page, second.email, first.username);
  const headers = await page.locator('main').textContent();
  const replyTo = /reply\+[a-z2-7]{56}@reply\.example\.com/.exec(headers ?? '')?.[0] ?? '';

  const port = Number(process.env.DANDUL_E2E_REPLY_PORT);
  const transporter = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  await transporter.sendMail({
    from: second.email,
    to: replyTo,
    // What the mail server in front found out.
    headers: { 'Authentication-Results': `mx.example.net; spf=pass smtp.mailfrom=${second.email}` },
    text: '네 좋아요\n\n2026. 11. 24. 오후 3:04, 단둘 <dandul@localhost> 작성:\n\n> 토요일에 볼까요?\n',
  });
  transporter.close();

  const reply = messageOf(first.page, names, '네 좋아요');
  await expect(reply).toContainText(texts.chat.timeline.byEmail);
  // It answers the one message of its mail, whose text stands in the quote alone.
  await expect(reply.getByRole('button', { name: new RegExp(`^${texts.chat.act.quoted}`) })).toContainText(
    '토요일에 볼까요?',
  );
  await expect(reply.locator('p')).toHaveText('네 좋아요');
  await expect(messageAt(first.page, names, 1)).toHaveAttribute('data-status', 'read');
  // Also after a fresh load, from the server's own HTML.
  await first.page.reload();
  await expect(reply).toContainText(texts.chat.timeline.byEmail);
});

test('the details of one’s own message say how far it came, and whether it was mailed @once', async ({
  pair,
  names,
  texts,
  isPhone,
}) => {
  const { details, timeline } = texts.chat;
  const { first, second, openConversation } = pair;
  await openConversation(first, second);
  await second.page.goto('/chat');
  await sendMessage(first.page, names, 'how far did it come');
  const dialog = first.page.getByRole('dialog', { name: details.title });
  const lookUp = async () => {
    await first.page.getByRole('button', { name: timeline.details }).click();
    await expect(dialog).toBeVisible();
    await expect(dialog.locator('dl')).toBeVisible();
    const text = await dialog.locator('dl').textContent();
    await first.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    return text;
  };
  await expect.poll(lookUp, { timeout: 30_000 }).toContain(details.mailed);
  await goToConversation(second.page, names, first.username, isPhone);
  await expect(messageAt(first.page, names, 1)).toHaveAttribute('data-status', 'read');
  const text = await lookUp();
  expect(text).toContain(details.read);
  expect(text).not.toContain(details.notYet);
  expect(text).not.toContain(details.bounced);
  expect(text).not.toContain(second.email);
});

test('a muted conversation says so and is not mailed, until it is unmuted @once', async ({
  pair,
  openContext,
  names,
  texts,
  isPhone,
}) => {
  const { header, list } = texts.chat;
  const { first, second, openConversation } = pair;
  await openConversation(second, first);
  await openMenu(second.page, header.menu);
  await second.page.getByRole('menuitem', { name: header.mute, exact: true }).click();
  await expect(second.page.locator('main header').getByText(list.muted)).toBeAttached();
  await showList(second.page, names, isPhone);
  await expect(entryOf(second.page, names, first.username)).toContainText(list.muted);
  // It is kept, and other devices have it as well.
  await second.page.reload();
  await expect(entryOf(second.page, names, first.username)).toContainText(list.muted);

  await openConversation(first, second);
  await sendMessage(first.page, names, 'said quietly');
  await goToConversation(second.page, names, first.username, isPhone);
  await expect(messageOf(second.page, names, 'said quietly')).toBeVisible();
  await openMenu(second.page, header.menu);
  await second.page.getByRole('menuitem', { name: header.unmute, exact: true }).click();
  await expect(second.page.locator('main header').getByText(list.muted)).toBeHidden();
  await sendMessage(first.page, names, 'said aloud');
  const page = await (await openContext()).newPage();
  await openMail(page, second.email, first.username);
  await expect(page.locator('main')).not.toContainText('said quietly');
});

test('an address is changed by a link to the new one, and the old one is told @once', async ({
  addPerson,
  openContext,
  names,
  texts: { auth, email, settings },
}) => {
  const person = await addPerson('minji');
  const fresh = person.email.replace('@', '@new.');
  await person.page.goto('/settings/account');
  const section = person.page.getByRole('region', { name: settings.address.title });
  await section.getByLabel(settings.address.new, { exact: true }).fill(fresh);
  await section.getByLabel(names.password, { exact: true }).fill('not my password');
  await section.getByRole('button', { name: settings.address.submit }).click();
  await expect(section.getByLabel(names.password, { exact: true })).toHaveAccessibleDescription(
    auth.errors.currentPasswordWrong,
  );
  await expect(section.getByLabel(settings.address.new, { exact: true })).toHaveValue(fresh);
  await section.getByLabel(names.password, { exact: true }).fill(person.password);
  await section.getByRole('button', { name: settings.address.submit }).click();
  await expect(section.getByText(settings.address.done)).toBeVisible();

  const page = await (await openContext()).newPage();
  await openMail(page, person.email, email.subjectChanging);
  await openMail(page, fresh, email.subjectChange);
  await page.goto(await readLink(page, 'verify-email'));
  await submit(page, auth.verifyEmail.submitChange);
  await expect(page.getByText(auth.verifyEmail.done)).toBeVisible();
  await person.page.reload();
  await expect(person.page.locator('main')).toContainText(fresh);
  await openMail(page, person.email, email.subjectChanged);
});

test('a login from another browser is told by mail @once', async ({
  addPerson,
  openContext,
  names,
  texts: { email },
}) => {
  const person = await addPerson('minji');
  const page = await (await openContext()).newPage();
  await page.goto('/login');
  await logIn(page, names, person.username, person.password);
  await openMail(page, person.email, email.subjectDevice);
  await expect(page.locator('main')).toContainText(email.bodyDevice);
});

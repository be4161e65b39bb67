import { sendMany } from './support/bulk.ts';
import { logOf, messageAt } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

/** This many seconds before the end of the day in the browser's time zone. */
function nearMidnight(timeZone: string, secondsLeft: number): Date {
  const now = Date.now();
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(now);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return new Date(now + (86_400 - secondsLeft - (hours * 3600 + minutes * 60 + seconds)) * 1000);
}

test('at midnight today becomes yesterday, in the same moment @once', async ({
  pair,
  names,
  texts: { chat },
  timezoneId,
}) => {
  const { first, second } = pair;
  const { page } = first;
  const conversation = await openConversation(second.page, names, first.username);
  await sendMany(second, conversation, ['written today']);
  await page.clock.install({ time: nearMidnight(timezoneId as string, 600) });
  await page.goto(`/chat/${conversation}`);
  await expect(messageAt(page, names, 1)).toBeInViewport();
  const log = logOf(page, names);
  await expect(log.getByText(chat.timeline.today, { exact: true })).toBeVisible();
  // Only these seconds pass, however busy the machine is.
  await page.clock.pauseAt(nearMidnight(timezoneId as string, 2));
  await page.clock.runFor(3_000);
  await expect(log.getByText(chat.timeline.yesterday, { exact: true })).toBeVisible();
  await expect(log.getByText(chat.timeline.today, { exact: true })).toHaveCount(0);
});

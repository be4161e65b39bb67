import { render } from '@react-email/render';
import { createElement } from 'react';
import { formatMessagesText, MessagesEmail, type MessagesProps } from './messages.ts';
import { formatNoticeText, NoticeEmail, type NoticeProps } from './notice.ts';
import { formatSummaryText, SummaryEmail, type SummaryProps } from './summary.ts';

/** HTML and plain text of the mail about new messages. */
export async function renderMessages(props: MessagesProps) {
  return { html: await render(createElement(MessagesEmail, props)), text: formatMessagesText(props) };
}

/** HTML and plain text of the daily summary. */
export async function renderSummary(props: SummaryProps) {
  return { html: await render(createElement(SummaryEmail, props)), text: formatSummaryText(props) };
}

/** HTML and plain text of a mail about the account, or of the answer to a reply that was not taken. */
export async function renderNotice(props: NoticeProps) {
  return { html: await render(createElement(NoticeEmail, props)), text: formatNoticeText(props) };
}

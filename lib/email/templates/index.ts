import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { formatMessagesText, MessagesEmail, type MessagesProps } from './messages.ts';
import { formatNoticeText, NoticeEmail, type NoticeProps } from './notice.ts';
import { formatSummaryText, SummaryEmail, type SummaryProps } from './summary.ts';

/** What old mail programs go by; in front of what has none they lay out as browsers did in the nineties. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** In one go: the streams of @react-email/render take more than twice the processor time. */
const render = (mail: ReactElement) => DOCTYPE + renderToStaticMarkup(mail);

/** HTML and plain text of the mail about new messages. */
export function renderMessages(props: MessagesProps) {
  return { html: render(createElement(MessagesEmail, props)), text: formatMessagesText(props) };
}

/** HTML and plain text of the daily summary. */
export function renderSummary(props: SummaryProps) {
  return { html: render(createElement(SummaryEmail, props)), text: formatSummaryText(props) };
}

/** HTML and plain text of a mail about the account, or of the answer to a reply that was not taken. */
export function renderNotice(props: NoticeProps) {
  return { html: render(createElement(NoticeEmail, props)), text: formatNoticeText(props) };
}

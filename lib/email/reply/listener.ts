import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { DNSResolver } from 'mailauth';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { productNames } from '#lib/i18n/config.ts';
import { isLoopback } from '#lib/operations/loopback.ts';
import { getAppUrl, getEnv } from '#lib/runtime/env.ts';
import { getLog } from '#lib/runtime/log.ts';
import { cleanIp } from '#lib/runtime/rate-limit.ts';
import type { RefusalReason } from '../content/render-account.ts';
import { readReplyAddress } from './address.ts';
import { MAX_MAIL_BYTES } from './incoming.ts';
import { limitSessions } from './limit-sessions.ts';
import type { ReadLimits } from './read-mail.ts';
import { type Arrival, receiveReply } from './receive.ts';
import { answerRefusal, noteDropped } from './refuse.ts';

const MAX_CLIENTS = 20;
/** A client that says nothing for this long (ms) is disconnected. */
const SOCKET_TIMEOUT_MS = 60_000;

/** A stop waits this long (ms) for mails in progress; their senders try again. */
const CLOSE_TIMEOUT_MS = 400;

/** An answer other than "accepted": the number and the words go to the sending server. */
function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** What the sending server is told, and passes on to its person, when there is no mail from us. */
const REFUSALS: Record<RefusalReason, string> = {
  sender: '5.7.1 This address takes replies only from the mailbox that its mails were sent to',
  empty: '5.6.0 No text was found besides the quoted mail; please write the answer and send it again',
  damaged: '5.6.0 The letters of this mail could not be read; please send it again as UTF-8',
  blocked: '5.7.1 This person does not receive your messages at the moment',
  tooLong: '5.3.4 The reply is longer than can be delivered; please send it in parts',
  tooMany: '5.7.1 These were many replies in a short time; please send this one again later',
};

const UNREADABLE = '5.3.4 The mail is more than can be read here; please write a plain one';

/**
 * Listens for replies by SMTP on REPLY_SMTP_PORT: it takes mail to reply addresses and nothing else,
 * relays nothing, and says "accepted" only when the message is stored.
 *
 * @param resolver for DNS of SPF, DKIM and DMARC; the system's own by default.
 * @param limits of what reading a mail may take.
 * @returns the port and a function that stops it; undefined when no port is configured.
 */
export async function startReplyListener(
  resolver?: DNSResolver,
  limits?: ReadLimits,
): Promise<{ port: number; close(): Promise<void> } | undefined> {
  const env = getEnv();
  if (env.REPLY_SMTP_PORT === undefined) return undefined;
  const hasTls = Boolean(env.REPLY_SMTP_CERT && env.REPLY_SMTP_KEY);
  const server = new SMTPServer({
    name: env.REPLY_DOMAIN,
    banner: `${productNames.en} takes replies here`,
    // Larger ones are refused, which tells the sender.
    size: MAX_MAIL_BYTES,
    maxClients: MAX_CLIENTS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    disableReverseLookup: true,
    authOptional: true,
    disabledCommands: hasTls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(hasTls && {
      cert: readFileSync(String(env.REPLY_SMTP_CERT)),
      key: readFileSync(String(env.REPLY_SMTP_KEY)),
    }),
    onConnect({ remoteAddress }, done) {
      done(isWelcome(remoteAddress) ? null : answer(421, '4.7.0 Too many connections from your address'));
    },
    onRcptTo({ address }, { envelope }, done) {
      if (!readReplyAddress(address)) return done(answer(550, '5.1.1 No such address here'));
      // Each may get another answer; the sending server comes back with the rest.
      done(envelope.rcptTo.length > 0 ? answer(452, '4.5.3 One address at a time, please') : null);
    },
    onData(stream, session, done) {
      takeMail(stream, session, resolver, limits).then(
        (refused) => done(refused),
        (error) => {
          if (error.code === 'MAIL_UNREADABLE') return done(answer(552, UNREADABLE));
          getLog().error({ err: error }, 'reply by e-mail not taken yet');
          done(answer(451, '4.3.0 Please try again later'));
        },
      );
    },
  });
  const isWelcome = limitSessions(server.server);
  server.on('error', (error) => getLog().warn({ err: error }, 'reply listener'));
  server.listen(env.REPLY_SMTP_PORT, env.REPLY_SMTP_HOST);
  await once(server.server, 'listening');
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : env.REPLY_SMTP_PORT,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Takes one mail; null when it was accepted, else what the sending server is told. */
async function takeMail(
  stream: Readable & { sizeExceeded?: boolean },
  session: SMTPServerSession,
  resolver: DNSResolver | undefined,
  limits: ReadLimits | undefined,
): Promise<Error | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) return answer(552, '5.3.4 The mail is too large; please leave attachments out');
  const raw = Buffer.concat(chunks);
  const { mailFrom, rcptTo } = session.envelope;
  const sender = mailFrom ? mailFrom.address : '';
  const ip = cleanIp(session.remoteAddress);
  const arrival: Arrival = {
    raw,
    recipients: rcptTo.map(({ address }) => address),
    envelopeFrom: sender,
    // Mail from this machine came through a server or forwarder on it, whose address proves nothing.
    origin: isLoopback(ip)
      ? { trustedServer: getEnv().REPLY_TRUSTED_AUTHSERV }
      : { ip, helo: session.hostNameAppearsAs || '', sender, mta: new URL(getAppUrl()).hostname },
  };
  const result = await receiveReply(arrival, resolver, limits);
  getLog().debug({ result: result.kind }, 'reply by e-mail');
  if (result.kind === 'unknown') return answer(550, '5.1.1 No such address here');
  if (result.kind === 'taken' && result.dropped) await noteDropped(result.dropped);
  if (result.kind !== 'refused') return null;
  // A proven sender gets a mail that explains it. For others the refusal is all, so that nobody whose name
  // was borrowed gets a mail.
  if (result.mail.verdict !== 'proven') return answer(550, REFUSALS[result.reason]);
  await answerRefusal(result);
  return null;
}

import { type Dns, type Finding, note, ok, problem, readMx, readTxt } from './finding.ts';

/** Selectors that senders commonly use; DNS cannot list them, so they are guessed. */
const USUAL_SELECTORS = ['default', 'mail', 'dkim', 'google', 'selector1', 'selector2', 's1', 's2', 'k1'];

/**
 * What the From domain tells receivers: SPF, DKIM and DMARC, and where replies to it arrive.
 *
 * @param via Resend's records have their own names.
 */
export async function checkDns(domain: string, via: 'resend' | 'smtp', dns: Dns): Promise<Finding[]> {
  const checks = [checkSpf, checkDkim, checkDmarc].map((check) => check(domain, via, dns));
  const settled = await Promise.allSettled(checks);
  return settled.map((result) =>
    result.status === 'fulfilled'
      ? result.value
      : problem(
          `DNS could not be asked about ${domain} (${(result.reason as { code?: string }).code ?? 'error'}).`,
        ),
  );
}

async function checkSpf(domain: string, via: 'resend' | 'smtp', dns: Dns): Promise<Finding> {
  // Resend sends with an envelope address of a subdomain, whose SPF counts then.
  const name = via === 'resend' ? `send.${domain}` : domain;
  const records = (await readTxt(dns, name)).filter((text) => /^v=spf1(\s|$)/i.test(text));
  const [record] = records;
  if (!record) {
    const remedy =
      via === 'resend' ? 'Copy it from the domain’s page at Resend.' : 'Ask your mail provider for it.';
    return problem(
      `SPF: ${name} has no record (TXT starting with v=spf1), so receivers distrust the mails. ${remedy}`,
    );
  }
  if (records.length > 1)
    return problem(
      `SPF: ${name} has ${records.length} records; receivers then ignore all. Join them into one.`,
    );
  if (/\s\+?all(\s|$)/i.test(record))
    return problem(`SPF: ${name} lets everybody send (“all” without ~ or -). End it with ~all.`);
  if (via === 'resend' && !/include:(_spf\.)?(amazonses\.com|resend\.com)/i.test(record)) {
    return note(`SPF: ${name} is there but does not name Resend's servers (include:amazonses.com).`);
  }
  return ok(`SPF: ${name} says ${record}`);
}

async function checkDkim(domain: string, via: 'resend' | 'smtp', dns: Dns): Promise<Finding> {
  const selectors = via === 'resend' ? ['resend'] : USUAL_SELECTORS;
  const found = await Promise.all(
    selectors.map(async (selector) => {
      const records = await readTxt(dns, `${selector}._domainkey.${domain}`);
      return records.some((text) => /(^|;)\s*p=[A-Za-z0-9+/]/.test(text)) ? selector : undefined;
    }),
  );
  const selector = found.find(Boolean);
  if (selector) return ok(`DKIM: ${selector}._domainkey.${domain} holds a key.`);
  if (via === 'resend') {
    return problem(
      `DKIM: resend._domainkey.${domain} holds no key. Copy it from the domain’s page at Resend.`,
    );
  }
  return note(
    `DKIM: no key under the usual names (${USUAL_SELECTORS.join(', ')}). Your provider may use another; look for “dkim=pass” in the source of the test mail.`,
  );
}

async function checkDmarc(domain: string, _via: 'resend' | 'smtp', dns: Dns): Promise<Finding> {
  // A domain without a record of its own uses that of its parent.
  for (let name = domain; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const record = (await readTxt(dns, `_dmarc.${name}`)).find((text) => /^v=DMARC1/i.test(text));
    if (record) return ok(`DMARC: _dmarc.${name} says ${record}`);
  }
  return problem(
    `DMARC: _dmarc.${domain} has no record; Gmail and others want one. Begin with a TXT record: v=DMARC1; p=none`,
  );
}

/** Whether replies to a domain find their way here. */
export async function checkReplyDns(domain: string, dns: Dns): Promise<Finding> {
  try {
    const [first] = await readMx(dns, domain);
    return first
      ? ok(`Replies: mail to ${domain} goes to ${first}. Make sure that this is Resend or this server.`)
      : problem(
          `Replies: ${domain} has no MX record, so no reply finds its way here (docs/email.md says how).`,
        );
  } catch (error) {
    return problem(
      `Replies: DNS could not be asked about ${domain} (${(error as { code?: string }).code ?? 'error'}).`,
    );
  }
}

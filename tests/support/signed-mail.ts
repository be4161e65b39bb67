import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth';
import { createTransport, type SendMailOptions } from 'nodemailer';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const KEY = publicKey.toString('base64');

/** The DNS records: people's domain signs and has everything else rejected; so does another domain. */
const records: Record<string, string[][]> = {
  's._domainkey.example.com TXT': [[`v=DKIM1; k=rsa; p=${KEY}`]],
  '_dmarc.example.com TXT': [['v=DMARC1; p=reject']],
  's._domainkey.elsewhere.example TXT': [[`v=DKIM1; k=rsa; p=${KEY}`]],
};

/** Looks up in those records and nothing else. */
export async function resolveTestDns(name: string, type: string): Promise<string[][]> {
  const found = records[`${name.toLowerCase()} ${type}`];
  if (!found) throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
  return found;
}

export type TestMail = SendMailOptions & {
  /** The domain that signs it; `none` for no signature. */
  signedBy?: string;
  /** The headers that the signature covers, and the bytes of the body; by default what is usual. */
  headerList?: string;
  maxBodyLength?: number;
  /** Changes the composed mail before it is signed, and after. */
  edit?: (mail: string) => string;
  tamper?: (mail: string) => string;
};

/** A mail as bytes, signed by the domain of example.com's people unless told otherwise. */
export async function composeSigned(mail: TestMail): Promise<Buffer> {
  const { signedBy = 'example.com', headerList, maxBodyLength, edit, tamper, ...options } = mail;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail(options);
  const composed = String(message);
  const text = edit ? edit(composed) : composed;
  let signature = '';
  if (signedBy !== 'none') {
    const key = { signingDomain: signedBy, selector: 's', privateKey };
    const signed = await dkimSign(text, { ...key, signatureData: [{ ...key, headerList, maxBodyLength }] });
    if (signed.errors.length > 0) throw signed.errors[0]?.err;
    signature = signed.signatures;
  }
  return Buffer.from(signature + (tamper ? tamper(text) : text));
}

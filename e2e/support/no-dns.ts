import { Resolver } from 'node:dns/promises';

// `node --import` this into a server under test: DNS then says nothing about any domain, so the
// tests do not depend on the name servers of the machine they run on.
Resolver.prototype.resolve = async () => {
  throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' });
};

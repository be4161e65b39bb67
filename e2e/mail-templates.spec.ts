import AxeBuilder from '@axe-core/playwright';
import { setAuthSecret } from '#lib/auth/login/secret.ts';
import { renderPreviews } from '#lib/email/content/preview.ts';
import { expect, test } from './support/test.ts';

setAuthSecret('a secret for previews, which nothing trusts');

for (const locale of ['ko', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every mail in ${locale} fits and can be read, ${colorScheme} @once`, async ({
      browser,
    }, testInfo) => {
      const context = await browser.newContext({ colorScheme, javaScriptEnabled: true });
      const page = await context.newPage();
      // A mail must load nothing: any request would tell somebody that it was opened.
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      for (const { name, mail } of await renderPreviews(locale)) {
        for (const width of [320, 640]) {
          await page.setViewportSize({ width, height: 800 });
          await page.setContent(mail.html);
          const widest = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(widest, `${name} at ${width}`).toBeLessThanOrEqual(width);
          const path = testInfo.outputPath(`${name}-${locale}-${colorScheme}-${width}.png`);
          await page.screenshot({ path, fullPage: true });
        }
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(paper, name).toBe(colorScheme === 'dark' ? 'rgb(23, 21, 18)' : 'rgb(251, 250, 247)');
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
        expect(violations, name).toEqual([]);
      }
      expect(asked.filter((url) => !url.startsWith('data:') && url !== 'about:blank')).toEqual([]);
      await context.close();
    });
  }
}

import type { Locator } from '@playwright/test';
import { openMenu } from './support/conversation.ts';
import { expect, openConversation, test } from './support/test.ts';

/** The contrast between an element's outline and what is behind it, by WCAG; 0 where there is no outline. */
function readOutlineContrast(target: Locator): Promise<number> {
  return target.evaluate((element) => {
    const toRgb = (colour: string) => {
      const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = toRgb(colour).map((byte) => {
        const value = byte / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const { outlineStyle, outlineWidth, outlineColor, backgroundColor } = getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return 0;
    let ground = backgroundColor;
    for (let one = element.parentElement; one && toRgb(ground)[3] === 0; one = one.parentElement) {
      ground = getComputedStyle(one).backgroundColor;
    }
    const [a, b] = [luminance(outlineColor), luminance(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}

for (const media of [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const) {
  test(`the focus in a menu, among people and in the composer can be made out (${Object.values(media)}) @once`, async ({
    pair,
    names,
    texts,
  }) => {
    const { first, second } = pair;
    const { page } = first;
    await page.emulateMedia(media);
    await openConversation(page, names, second.username);
    const box = page.getByRole('textbox', { name: names.composer });
    await box.focus();
    if ('forcedColors' in media) {
      await expect.poll(() => readOutlineContrast(box)).toBeGreaterThanOrEqual(3);
    }
    await openMenu(page, texts.chat.header.menu);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(key);
      const item = page.locator('[role=menuitem]:focus');
      await expect.poll(() => readOutlineContrast(item)).toBeGreaterThanOrEqual(3);
    }
    await page.goto(`/chat/new?q=${second.username}`);
    const option = page.getByRole('option', { selected: true });
    await expect.poll(() => readOutlineContrast(option)).toBeGreaterThanOrEqual(3);
  });
}

test('names and queries inside sentences stand apart from what is around them @once', async ({
  addPerson,
  names,
  texts,
}) => {
  const [me, partner] = await Promise.all([addPerson('minji'), addPerson('אבג')]);
  const { page } = me;
  const conversation = await openConversation(page, names, partner.username);
  const named = page.locator('bdi', { hasText: partner.username });
  await expect(page.getByRole('heading', { level: 2 }).locator('bdi')).toHaveText(partner.username);
  await openMenu(page, texts.chat.header.menu);
  await page.getByRole('menuitem', { name: texts.chat.header.block, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('bdi')).toHaveText([partner.username, partner.username]);
  await dialog.getByRole('button', { name: texts.chat.block.confirm, exact: true }).click();
  await expect(page.getByRole('status').locator(named)).toHaveText(partner.username);

  for (const path of ['/chat/new?q=שלום', `/search?q=שלום&in=${conversation}`]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 2 }).locator('bdi')).toHaveText('שלום');
  }
});

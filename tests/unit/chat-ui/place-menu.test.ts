import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeAround, placeBeside } from '#components/chat/acting/menu/place-menu.ts';

const phone = { left: 0, top: 0, right: 320, bottom: 568 };
const menu = { width: 208, height: 276 };
const bar = { width: 274, height: 54 };
const boxAt = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test('a menu drops below what it belongs to, at the side on which the message stands', () => {
  expect(placeBeside(boxAt(20, 100, 60, 40), menu, phone, false)).toMatchObject({ left: 20, top: 140 });
  expect(placeBeside(boxAt(240, 100, 60, 40), menu, phone, true)).toMatchObject({ left: 92, top: 140 });
});

test('a menu without room below rises above', () => {
  const { top, maxHeight } = placeBeside(boxAt(20, 480, 60, 40), menu, phone, false);
  expect(top + maxHeight).toBe(480);
});

test('around a message in the middle the bar stands above and the menu below', () => {
  const places = placeAround(boxAt(12, 150, 200, 60), bar, menu, phone, false);
  expect(places.bar.top + bar.height).toBeLessThanOrEqual(150);
  expect(places.menu.top).toBeGreaterThanOrEqual(210);
});

test('around a message at the bottom both stand above it', () => {
  const places = placeAround(boxAt(12, 440, 200, 60), bar, menu, phone, false);
  expect(places.menu.top + menu.height).toBeLessThanOrEqual(440);
  expect(places.bar.top + bar.height).toBeLessThanOrEqual(places.menu.top);
});

test('everything stays inside the screen, and the bar never lies on the menu, also above a virtual keyboard', () => {
  const heights = fc.integer({ min: 180, max: 900 });
  const tops = fc.integer({ min: -400, max: 900 });
  fc.assert(
    fc.property(
      heights,
      tops,
      fc.integer({ min: 20, max: 700 }),
      fc.boolean(),
      (height, top, tall, isMine) => {
        const screen = { left: 0, top: 0, right: 320, bottom: height };
        const bubble = boxAt(isMine ? 100 : 12, top, 200, tall);
        const around = placeAround(bubble, bar, menu, screen, isMine);
        const beside = placeBeside(bubble, menu, screen, isMine);
        for (const [place, { width }] of [
          [around.bar, bar],
          [around.menu, menu],
          [beside, menu],
        ] as const) {
          expect(place.left).toBeGreaterThanOrEqual(8);
          expect(place.left + width).toBeLessThanOrEqual(312);
          expect(place.top).toBeGreaterThanOrEqual(8);
          expect(place.top + place.maxHeight).toBeLessThanOrEqual(height - 8);
        }
        expect(around.menu.top).toBeGreaterThanOrEqual(around.bar.top + bar.height);
      },
    ),
  );
});

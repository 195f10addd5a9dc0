import { safeFileName } from '../../src/evidence/fileName.js';

describe('the name of a file', () => {
  test.each([
    [undefined, 'image/png', 'evidence.png'],
    ['', 'application/pdf', 'evidence.pdf'],
    ['form.PNG', 'image/png', 'form.PNG'],
    ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
    ['photo.png', 'image/jpeg', 'photo.png.jpg'],
    ['list.csv', 'text/plain', 'list.csv'],
    ['x.png\u0000.exe', 'image/png', 'x.png.exe.png'],
    ['a\r\nSet-Cookie: b.png', 'image/png', 'aSet-Cookie: b.png'],
    ['\ud800form.png', 'image/png', 'form.png'],
    ['\ufefftext.txt', 'text/plain', 'text.txt'],
    ['\u2066\u200fabc\u2069.pdf', 'application/pdf', 'abc.pdf'],
    ['e\u0301.pdf', 'application/pdf', '\u00e9.pdf'],
    ['. . .', 'image/webp', 'evidence.webp'],
    ['name. ', 'image/webp', 'name.webp'],
    ['page.html', 'text/html', 'page.html.bin'],
    ['constructor', 'constructor', 'constructor.bin'],
  ])('%j of %s is kept as %j', (given, mediaType, kept) => {
    expect(safeFileName(given, mediaType)).toBe(kept);
  });

  test.each([`${'ab'.repeat(300)}.pdf`, '🌍'.repeat(300), `${'🌍'.repeat(127)}a.pdf`, `x${'🌍'.repeat(300)}.exe`])(
    'a long one is cut to 256 characters, never within one, and keeps its ending',
    (given) => {
      const name = safeFileName(given, 'application/pdf');
      expect(name.length).toBeLessThanOrEqual(256);
      expect(name.length).toBeGreaterThan(250);
      expect(name).toMatch(/\.pdf$/);
      expect(name).not.toMatch(/\p{Surrogate}/u);
    },
  );

  test('a safe name stays as it is', () => {
    for (const name of ['form.png', 'a b (1).png', 'über 🌍.png']) {
      expect(safeFileName(safeFileName(name, 'image/png'), 'image/png')).toBe(name);
    }
  });
});

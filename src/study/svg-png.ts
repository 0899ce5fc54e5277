/** @file Drawings as PNG files: the only importer of the renderer and of its font. */
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';

/** A PNG file of an SVG drawing, at the drawing's own size. Text is set in DejaVu Sans whatever it asks for. */
export async function svgPng(svg: string): Promise<Uint8Array> {
  const font = createRequire(import.meta.url);
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
    font.resolve(`dejavu-fonts-ttf/ttf/${file}`),
  );
  const rendered = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' },
  });
  return rendered.asPng();
}

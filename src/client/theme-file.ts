/** An installation's own look, `/resources/theme.json` (ACC-007). Optional; whatever is wrong with it is left out. */
import * as z from 'zod/mini';

const tokens = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const look = z.object({
  token: z.catch(z.optional(tokens), undefined),
  components: z.catch(z.optional(z.record(z.string(), tokens)), undefined),
});
const text = z.catch(z.optional(z.string()), undefined);
const size = z.catch(z.optional(z.object({ width: z.number(), height: z.number() })), undefined);

export const themeFileSchema = z.object({
  light: z.catch(z.optional(look), undefined),
  dark: z.catch(z.optional(look), undefined),
  logo: z.catch(
    z.optional(
      z.object({
        src: text,
        srcDark: text,
        srcCollapsed: text,
        srcCollapsedDark: text,
        alt: text,
        href: text,
        loginLogoSrc: text,
        loginLogoSrcDark: text,
        loginLogoSize: size,
        aboutModalSize: size,
        size,
      }),
    ),
    undefined,
  ),
  sider: z.catch(z.optional(z.object({ theme: z.catch(z.optional(z.enum(['light', 'dark', 'auto'])), undefined) })), undefined),
  branding: z.catch(z.optional(z.object({ companyName: text, brandName: text })), undefined),
});

export type ThemeFile = z.infer<typeof themeFileSchema>;

/** The file, or null where there is none. A webserver may answer with its index page instead of a 404. */
export async function fetchThemeFile(): Promise<ThemeFile | null> {
  try {
    const response = await fetch('/resources/theme.json', { headers: { Accept: 'application/json' } });
    if (!response.ok) return null;
    const parsed = z.safeParse(themeFileSchema, await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

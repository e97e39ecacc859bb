import i18next from 'i18next';
import type { Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import * as z from 'zod/mini';
import { readLocal, removeLocal, writeLocal } from '../lib/storage';
import { bestLanguage, languages } from './languages';

const files = import.meta.glob<Resource[string]>('../../i18n/*.json', { import: 'default' });
const fileOf = (tag: string) => files[`../../i18n/${tag}.json`];

export const offeredLanguages = languages.filter(({ tag }) => fileOf(tag));

const STORAGE_KEY = 'language';

/** The user's choice, or null for "OS default" (ACC-103). */
export function chosenLanguage(): string | null {
  const kept = readLocal(STORAGE_KEY, z.string());
  return kept && fileOf(kept) ? kept : null;
}

function systemLanguage(): string {
  return bestLanguage(navigator.languages, offeredLanguages.map(({ tag }) => tag));
}

/** Starts the texts in the chosen or the system's language. English stays behind every other one (ACC-104). */
export async function startI18n(): Promise<void> {
  const language = chosenLanguage() ?? systemLanguage();
  const [fallback, chosen] = await Promise.all([load('en'), language === 'en' ? null : load(language)]);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: fallback }, ...(chosen && { [language]: { translation: chosen } }) },
    // React escapes what it draws; a second escaping would show `&amp;` (SEC-01).
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

async function load(tag: string): Promise<Resource[string]> {
  const file = fileOf(tag);
  return file ? file() : {};
}

/** Switches at once and keeps the choice; null goes back to the system's language. */
export async function chooseLanguage(tag: string | null): Promise<void> {
  const language = tag ?? systemLanguage();
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load(language));
  }
  if (tag) writeLocal(STORAGE_KEY, tag);
  else removeLocal(STORAGE_KEY);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

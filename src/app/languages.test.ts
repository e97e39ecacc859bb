import { describe, expect, it } from 'vitest';
import { bestLanguage, languages } from './languages';

describe('languages', () => {
  it('are the 20 of ACC-103', () => {
    expect(languages.map(({ tag }) => tag).sort()).toEqual(
      ['de', 'el', 'en', 'es', 'fi', 'fr', 'id', 'it', 'ja', 'ko', 'mn', 'pl', 'pt', 'pt-BR', 'ru', 'th', 'tr', 'vi', 'zh-CN', 'zh-TW'].sort(),
    );
  });

  it('follow the system: exact tag, then script, then language, then English', () => {
    const all = languages.map(({ tag }) => tag);
    expect(bestLanguage(['ko-KR', 'en'], all)).toBe('ko');
    expect(bestLanguage(['pt-br'], all)).toBe('pt-BR');
    expect(bestLanguage(['pt-AO'], all)).toBe('pt');
    expect(bestLanguage(['zh-Hant-HK'], all)).toBe('zh-TW');
    expect(bestLanguage(['zh'], all)).toBe('zh-CN');
    expect(bestLanguage(['nl', 'de-AT'], all)).toBe('de');
    expect(bestLanguage(['nl'], all)).toBe('en');
    expect(bestLanguage(['fr', 'ko'], ['en', 'ko'])).toBe('ko');
    expect(bestLanguage([], all)).toBe('en');
  });

  it('each bring the words of the components and of the calendar', async () => {
    for (const language of languages) {
      const [antd, dayjs] = await Promise.all([language.antd?.(), language.dayjs()]);
      if (language.tag !== 'en') expect(antd?.default.locale, language.tag).toBeTruthy();
      expect(dayjs, language.tag).toBeTruthy();
    }
  });
});

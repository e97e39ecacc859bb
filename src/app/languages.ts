import type { Locale } from 'antd/es/locale';

interface Language {
  /** BCP 47 tag: the name of the file in `i18n/`, the page's `lang`, and what `Intl` formats by. */
  tag: string;
  /** In its own words, so that its readers find it. */
  name: string;
  /** The components' own words; null where they are built in. */
  antd: (() => Promise<{ default: Locale }>) | null;
  dayjs: () => Promise<unknown>;
}

/** All languages of ACC-103. Those with a file in `i18n/` are offered. */
export const languages: readonly Language[] = [
  { tag: 'en', name: 'English', antd: null, dayjs: () => import('dayjs/locale/en') },
  { tag: 'ko', name: '한국어', antd: () => import('antd/es/locale/ko_KR'), dayjs: () => import('dayjs/locale/ko') },
  { tag: 'pt-BR', name: 'Português (Brasil)', antd: () => import('antd/es/locale/pt_BR'), dayjs: () => import('dayjs/locale/pt-br') },
  { tag: 'zh-CN', name: '简体中文', antd: () => import('antd/es/locale/zh_CN'), dayjs: () => import('dayjs/locale/zh-cn') },
  { tag: 'zh-TW', name: '繁體中文', antd: () => import('antd/es/locale/zh_TW'), dayjs: () => import('dayjs/locale/zh-tw') },
  { tag: 'fr', name: 'Français', antd: () => import('antd/es/locale/fr_FR'), dayjs: () => import('dayjs/locale/fr') },
  { tag: 'fi', name: 'Suomi', antd: () => import('antd/es/locale/fi_FI'), dayjs: () => import('dayjs/locale/fi') },
  { tag: 'de', name: 'Deutsch', antd: () => import('antd/es/locale/de_DE'), dayjs: () => import('dayjs/locale/de') },
  { tag: 'el', name: 'Ελληνικά', antd: () => import('antd/es/locale/el_GR'), dayjs: () => import('dayjs/locale/el') },
  { tag: 'id', name: 'Bahasa Indonesia', antd: () => import('antd/es/locale/id_ID'), dayjs: () => import('dayjs/locale/id') },
  { tag: 'it', name: 'Italiano', antd: () => import('antd/es/locale/it_IT'), dayjs: () => import('dayjs/locale/it') },
  { tag: 'ja', name: '日本語', antd: () => import('antd/es/locale/ja_JP'), dayjs: () => import('dayjs/locale/ja') },
  { tag: 'mn', name: 'Монгол', antd: () => import('antd/es/locale/mn_MN'), dayjs: () => import('dayjs/locale/mn') },
  { tag: 'pl', name: 'Polski', antd: () => import('antd/es/locale/pl_PL'), dayjs: () => import('dayjs/locale/pl') },
  { tag: 'pt', name: 'Português', antd: () => import('antd/es/locale/pt_PT'), dayjs: () => import('dayjs/locale/pt') },
  { tag: 'ru', name: 'Русский', antd: () => import('antd/es/locale/ru_RU'), dayjs: () => import('dayjs/locale/ru') },
  { tag: 'es', name: 'Español', antd: () => import('antd/es/locale/es_ES'), dayjs: () => import('dayjs/locale/es') },
  { tag: 'th', name: 'ไทย', antd: () => import('antd/es/locale/th_TH'), dayjs: () => import('dayjs/locale/th') },
  { tag: 'tr', name: 'Türkçe', antd: () => import('antd/es/locale/tr_TR'), dayjs: () => import('dayjs/locale/tr') },
  { tag: 'vi', name: 'Tiếng Việt', antd: () => import('antd/es/locale/vi_VN'), dayjs: () => import('dayjs/locale/vi') },
];

/** The language of the list that fits what the system prefers best: the exact tag, else the same language. */
export function bestLanguage(wanted: readonly string[], offered: readonly string[]): string {
  for (const tag of wanted) {
    const exact = offered.find((item) => item.toLowerCase() === tag.toLowerCase());
    if (exact) return exact;
    const regional = byScript(tag);
    if (regional && offered.includes(regional)) return regional;
    const [base] = tag.toLowerCase().split('-');
    const near = offered.find((item) => item.toLowerCase() === base) ?? offered.find((item) => item.toLowerCase().split('-')[0] === base);
    if (near) return near;
  }
  return 'en';
}

/** `zh-HK` and `zh-Hant` are written in the traditional script, every other Chinese in the simplified one. */
function byScript(tag: string): string | null {
  if (!/^zh\b/i.test(tag)) return null;
  return /hant|tw|hk|mo/i.test(tag) ? 'zh-TW' : 'zh-CN';
}

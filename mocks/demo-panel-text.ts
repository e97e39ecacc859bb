import type { NamedFault } from './demo-controls';

/** The panel's words: it belongs to the simulation, not to the console, so it keeps its own. */
interface PanelText {
  open: string;
  title: string;
  version: string;
  speed: string;
  speedUnit: string;
  faults: string;
  lasting: string;
  clear: string;
  active: string;
  none: string;
  actions: string;
  expire: string;
  drop: string;
  advance: string;
  startOver: string;
  close: string;
  names: Record<NamedFault['name'], string>;
}

const en: PanelText = {
  open: 'Demo',
  title: 'Simulated cluster',
  version: 'Manager version',
  speed: 'Speed of the clock',
  speedUnit: 'times',
  faults: 'Faults',
  lasting: 'Until cleared',
  clear: 'Clear faults',
  active: 'In force',
  none: 'none',
  actions: 'Cluster',
  expire: 'Expire the log-in',
  drop: 'Cut the event stream',
  advance: 'Advance one minute',
  startOver: 'Start over',
  close: 'Close',
  names: {
    latency: 'Slow answers (3 s)',
    serverError: 'Server error (500)',
    badGateway: 'HTML page (502)',
    brokenJson: 'Broken JSON',
    throttle: 'Too many requests (429)',
    network: 'No network',
    noEvents: 'No live events',
    noAppProxy: 'No way to the app proxy',
  },
};

const ko: PanelText = {
  open: '데모',
  title: '시뮬레이션 클러스터',
  version: '매니저 버전',
  speed: '시계 속도',
  speedUnit: '배',
  faults: '장애',
  lasting: '해제할 때까지',
  clear: '장애 해제',
  active: '적용 중',
  none: '없음',
  actions: '클러스터',
  expire: '로그인 만료',
  drop: '이벤트 스트림 끊기',
  advance: '1분 앞으로',
  startOver: '처음부터 다시',
  close: '닫기',
  names: {
    latency: '느린 응답 (3초)',
    serverError: '서버 오류 (500)',
    badGateway: 'HTML 페이지 (502)',
    brokenJson: '깨진 JSON',
    throttle: '요청 과다 (429)',
    network: '네트워크 없음',
    noEvents: '실시간 이벤트 없음',
    noAppProxy: '앱 프록시 연결 불가',
  },
};

export function panelText(language: string): PanelText {
  return language.startsWith('ko') ? ko : en;
}

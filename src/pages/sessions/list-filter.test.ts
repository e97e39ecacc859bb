import { describe, expect, it } from 'vitest';
import { filterOf, offeredFields } from './list-filter';

const user = offeredFields({ role: 'user' }, false);
const superadmin = offeredFields({ role: 'superadmin' }, true);

describe('filter tags of the session list', () => {
  it('SES-008 stack with AND, each with the field that the manager knows', () => {
    expect(filterOf(['name~train', 'group=nvidia-h100', 'info~failed'], user)).toEqual({
      filter: 'name ilike "%train%" & scaling_group == "nvidia-h100" & status_info ilike "%failed%"',
      unusable: [],
    });
  });

  it('REL-11 quotes, wildcards and Hangul stand for themselves', () => {
    expect(filterOf(['name~50%_"한글"'], user).filter).toBe(String.raw`name ilike "%50\%\_\"한글\"%"`);
  });

  it('SES-008 owner fields are for administrators, the agent where it is visible', () => {
    expect(filterOf(['email~kim', 'agent~i-gpu'], user)).toEqual({ filter: '', unusable: ['email~kim', 'agent~i-gpu'] });
    expect(filterOf(['email~kim', 'agent~i-gpu'], superadmin).unusable).toEqual([]);
  });

  it('SES-008 a day is the local one, and "until" includes it', () => {
    const from = new Date(2026, 2, 1).toISOString();
    const until = new Date(2026, 2, 3).toISOString();
    expect(filterOf(['created>=2026-03-01', 'created<=2026-03-02'], user).filter).toBe(
      `created_at >= "${from}" & created_at < "${until}"`,
    );
    expect(filterOf(['created>=yesterday', 'id=42', 'nothing', 'zebra~x'], user)).toEqual({
      filter: '',
      unusable: ['created>=yesterday', 'id=42', 'nothing', 'zebra~x'],
    });
  });
});

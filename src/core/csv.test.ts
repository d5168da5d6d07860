import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('CSV', () => {
  it('escapes quotes, commas, line breaks and formulas', () => {
    const csv = toCsv({
      columns: ['a', 'b, c'],
      rows: [
        ['say "hi"', -1.5],
        ['=1+1', 'x\ny'],
      ],
    });
    expect(csv).toBe('a,"b, c"\r\n"say ""hi""",-1.5\r\n\'=1+1,"x\ny"\r\n');
  });
});

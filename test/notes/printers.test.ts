import { expect, test } from 'vitest';
import { printerCalled } from '../../src/notes/printers.ts';
import { pythonLines } from '../../src/notes/pythonLines.ts';

const code = `def 기록(문장):
    print("기록:", 문장)

async def buy(name):
    await asyncio.sleep(1)
    기록(name)

def double(x):
    print("twice", x)
    return 2 * x

def quiet(x):
    quiet(x)
`;

test.each([
  ['기록("시작")', [0, 2]],
  ['    await buy("배")', [0, 2]],
  ['asyncio.run(buy("배"))', [0, 2]],
  ['double(2)', undefined],
  ['quiet(2)', undefined],
  ['elsewhere(2)', undefined],
  ['x = 기록("시작")', undefined],
])('what `%s` prints is printed in lines %j', (statement, range) => {
  expect(printerCalled(pythonLines(code), statement)).toEqual(range);
});

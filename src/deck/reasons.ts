import { withParticle } from '../text/korean.ts';

/** The recorder's sentences in Korean; it speaks English. */
const korean: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^needs the package `([^`]+)`, which is not part of Python/, (name = '') => `Python에 없는 패키지 \`${name}\` 필요`],
  [/^`([^`]+)` is defined nowhere in this note/, (name = '') => `이 노트에 \`${name}\`의 정의가 없음`],
  [/^it holds output, not code/, () => '코드가 아니라 출력임'],
  [/^still running after (\S+) s of real time/, (seconds) => `실제 시간 ${seconds}초가 지나도 끝나지 않음`],
  [/^the loop made (\S+) turns without any time passing/, (turns) => `시간이 흐르지 않은 채 루프가 ${turns}바퀴 돎`],
  [/^printed more than (\S+) bytes/, (bytes = '') => `${withParticle(`${bytes}바이트`, '을')} 넘게 출력함`],
  [/^did more than a recording holds \((\S+) events\)/, (events) => `기록 한도(사건 ${events}개)를 넘음`],
  [
    /^ran for (\S+) s on the virtual clock and had not ended/,
    (seconds) => `가상 시계로 ${seconds}초가 지나도 끝나지 않음`,
  ],
  [/^every task waits and nothing can wake one/, () => '교착 상태: 모두 기다리기만 하고 깨울 것이 없음'],
  [/^the loop would wait for ever: nothing is left to do/, () => '할 일이 없어 루프가 끝없이 기다림'],
  [/^a server waits, and nobody is left to connect/, () => '서버에 접속할 손님이 더 없음'],
  [
    /^(\S+) needs the network, which a recording does not have; `engine=cpython` has it/,
    (name = '') => `\`${name}\`에는 실제 네트워크가 필요함 (\`engine=cpython\`으로 가능)`,
  ],
  [
    /^(\S+) needs another process, which a recording does not have; `engine=cpython` has it/,
    (name = '') => `\`${name}\`에는 다른 프로세스가 필요함 (\`engine=cpython\`으로 가능)`,
  ],
  [
    /^(\S+) needs the network: only web servers \(ports 80 and 443\) are simulated/,
    (name = '') => `${name}에는 실제 네트워크가 필요함: 웹 서버(포트 80, 443)만 흉내 낼 수 있음`,
  ],
  [
    /^`([^`]+)` is not there: `([^`]+)` is Loopreel's simulation here, without (?:it|`[^`]+`)/,
    (name = '', tool = '') => `여기의 \`${tool}\`는 Loopreel의 모의 패키지이며 \`${name}\`가 없음`,
  ],
  [/^a thread would wait for ever/, () => '스레드가 끝없이 기다림'],
  [
    /^a thread that waits for something the main thread still has to do cannot be emulated/,
    () => '메인 스레드를 기다리는 스레드는 흉내 낼 수 없음',
  ],
  [
    /^two event loops that run at the same time cannot be emulated/,
    () => '동시에 도는 두 이벤트 루프는 흉내 낼 수 없음',
  ],
  [
    /^a loop in a thread of its own that is blocked while the main thread goes on cannot be emulated/,
    () => '메인 스레드가 도는 동안 막힌 스레드의 루프는 흉내 낼 수 없음',
  ],
];

/** Why a block was not run or was stopped, in the language of the deck; what is not known stays as it is. */
export function reasonIn(lang: string, reason: string): string {
  if (!lang.startsWith('ko')) return reason;
  for (const [pattern, say] of korean) {
    const found = pattern.exec(reason);
    if (found)
      return (
        say(...found.slice(1)) + reason.slice(found[0].length).replace(/ \((?:the block )?at line (\d+)\)/, ' ($1행)')
      );
  }
  return reason;
}

/** Lines that only Python has. */
const sure = [
  /^\s*(?:async\s+)?def\s+\w+\s*\(.*\)?\s*(?:->.*)?:?\s*(?:#.*)?$/,
  /^\s*class\s+\w+\s*(?:\([^)]*\))?:\s*(?:#.*)?$/,
  /^(?:from\s+[\w.]+\s+import\s+[\w(*]|import\s+[\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+)*\s*$)/,
  /^\s*async\s+(?:for|with)\s+.+:\s*(?:#.*)?$/,
  /^\s*(?:asyncio\.\w+|print)\(.*\)\s*(?:#.*)?$/,
  /^\s*(?:\w+\s*=\s*)?await\s+[\w.]+\(/,
  /^if\s+__name__\s*==/,
];

/** Lines that Python may have and prose or drawings rarely do. */
const likely = [
  ...sure,
  /^\s*print\s*[("']/,
  /^\s*[a-z_][\w.]*\(.*\)\s*(?:#.*)?$/,
  /^\s*#/,
  /^\s*@\w+/,
  /^\s*(?:for|while|if|elif|with|except)\b.*:\s*(?:#.*)?$/,
  /^\s*(?:else|try|finally)\s*:\s*(?:#.*)?$/,
  /^\s*(?:return|raise|yield|pass|break|continue|global|nonlocal|assert|del)\b/,
  /^\s*[\w.[\]'", ]+\s*(?:[-+*/]?=)\s*\S/,
  /^\s*[\w.]+\(.*$/,
  /^\s*["'\w.*]+,?\s*$/,
  /^\s*[)\]}]+[,:)]*\s*(?:#.*)?$/,
];

/**
 * Whether a fence without a language is a Python program: at least one line that only Python has, and hardly one that
 * it cannot have. Output, drawings and REPL sessions are not.
 */
export function looksLikePython(code: string): boolean {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /^\s*(?:>>>|\$ )/.test(line))) return false;
  const matching = lines.filter((line) => likely.some((pattern) => pattern.test(line))).length;
  return lines.some((line) => sure.some((pattern) => pattern.test(line))) && matching >= lines.length * 0.8;
}

/** Whether a fence tagged as Python holds not one line of Python and no prompt: pasted output, mostly. */
export function looksLikeNoPython(code: string): boolean {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /^\s*(?:>>>|In \[\d+\]:)/.test(line))) return false;
  return lines.length > 0 && !lines.some((line) => likely.slice(0, -3).some((pattern) => pattern.test(line)));
}

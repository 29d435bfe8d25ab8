/**
 * Gives each slide an id of its own.
 *
 * @returns A function that turns a title into a slug (`asyncio.gather() 예제` → `asyncio-gather-예제`), with `-2`, `-3`
 * behind those that came before. An empty one becomes `slide`.
 */
export function slugger(): (title: string) => string {
  const used = new Set<string>();
  return (title) => {
    const words =
      title
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{Letter}\p{Number}_]+/gu) ?? [];
    // An id that begins with a digit reads as a slide number in reveal's addresses.
    const slug = words.join('-').replace(/^(?=\d)/, 's') || 'slide';
    let id = slug;
    for (let n = 2; used.has(id); n++) id = `${slug}-${n}`;
    used.add(id);
    return id;
  };
}

/**
 * Draws, and marks the cards that stand elsewhere than before with the class `moved`: what tells a reader who wants no
 * motion what has moved. The next drawing takes the mark away.
 */
export function drawWithOutline(svg: SVGSVGElement, draw: () => void): void {
  const places = (): Map<Element, string> =>
    new Map(
      [...svg.querySelectorAll('.card')].map((card) => {
        const { x, y } = card.getBoundingClientRect();
        return [
          card,
          `${card.getAttribute('transform')} ${Math.round(x)} ${Math.round(y)} ${card.getAttribute('class')}`,
        ];
      }),
    );
  for (const card of svg.querySelectorAll('.card.moved')) card.classList.remove('moved');
  const before = places();
  draw();
  if (before.size === 0) return;
  for (const [card, place] of places()) if (before.get(card) !== place) card.classList.add('moved');
}

/** A bar, filled from the left up to a percentage. Its width is an attribute, since the page's policy allows no style on an element. */
export function shareBar(percent: number): string {
  return `<svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" role="img" aria-label="${percent} %"><rect class="all" width="100" height="2"/><rect class="part" width="${percent}" height="2"/></svg>`;
}

const STEP = 4;
const HEIGHT = 20;

/** A column for each hour, this one last; the older versions' part of it stands out. */
export function trend(hours: readonly number[], behind: readonly number[]): string {
  const most = Math.max(...hours, 1);
  const column = (kind: string, count: number, i: number): string => {
    const height = Math.max(1, Math.round((count / most) * HEIGHT));
    return count === 0
      ? ""
      : `<rect class="${kind}" x="${i * STEP}" y="${HEIGHT - height}" width="${STEP - 1}" height="${height}"/>`;
  };
  const columns = hours.map((count, i) => column("all", count, i) + column("part", behind[i] ?? 0, i));
  const sum = hours.reduce((a, b) => a + b, 0);
  const width = hours.length * STEP - 1;
  const ground = `<rect class="ground" y="${HEIGHT}" width="${width}" height="1"/>`;
  return `<svg viewBox="0 0 ${width} ${HEIGHT + 1}" preserveAspectRatio="none" role="img" aria-label="${sum} in 24 hours">${ground}${columns.join("")}</svg>`;
}

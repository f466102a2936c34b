// The Natural Earth projection (Patterson 2008; polynomials by Šavrič, Jenny and others 2011): the shapes of a wall map.

const DEGREE = Math.PI / 180;

/** Where a point of the earth lies: x to the right and y down, the middle of the map at 0, 0; the world is 5.4 wide. */
export function project(longitude, latitude) {
  const [lambda, phi] = [longitude * DEGREE, latitude * DEGREE];
  const square = phi * phi;
  const fourth = square * square;
  const x = lambda * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)));
  const y = phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)));
  return [x, -y];
}

const PER_DEGREE = 10; // the outline's numbers are tenths of a degree

/** The outline that the page carries, as paths in the projection times `unit`: { land, borders }. */
export function outlinePaths(unit) {
  const { arcs, land, borders } = JSON.parse(document.getElementById("outline").textContent);
  const lines = arcs.map(inDegrees);
  const along = (number) => (number < 0 ? [...lines[~number]].reverse() : lines[number]);
  const path = (points) => points.map((point, index) => `${index ? "L" : "M"}${pointOf(point, unit)}`).join("");
  const rings = land.flatMap((ring) => cut(ring.flatMap(along)));
  return { land: rings.map((ring) => `${path(ring)}Z`).join(""), borders: borders.map((number) => path(lines[number])).join("") };
}

const pointOf = ([longitude, latitude], unit) => project(longitude, latitude).map((part) => Math.round(part * unit * 10) / 10).join(" ");

/** The points of a line, which has its first whole and the others as steps. */
function inDegrees(arc) {
  let [x, y] = [0, 0];
  return Array.from({ length: arc.length / 2 }, (_, index) => {
    [x, y] = [x + arc[2 * index], y + arc[2 * index + 1]];
    return [x / PER_DEGREE, y / PER_DEGREE];
  });
}

/** A ring that crosses the 180th meridian as one ring on each side of it: what lies between two jumps is on one side. */
function cut(ring) {
  const pieces = [[]];
  ring.forEach((point, index) => {
    if (index && Math.abs(point[0] - ring[index - 1][0]) > 180) pieces.push([]);
    pieces[pieces.length - 1].push(point);
  });
  if (pieces.length > 2) pieces[0].unshift(...pieces.pop()); // both belong to the side on which the ring begins
  return pieces;
}

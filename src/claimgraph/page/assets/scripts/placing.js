// A free place for one more node: in rings round what it belongs to, the outer side first. The same every time.

const NEAREST = 70; // the layout's units between a node and one that is brought in beside it
const RING = 38; // between one ring and the next
const RINGS = 14;
const ALONG = 58; // between two places on a ring
const LABEL = 34; // kept free at each side for at least a part of the label
const LINE = 16; // kept free below for the label

/** { x, y } for a node near the nodes `anchors` (the middle of all drawn when there are none), free of those in `drawn`. */
export function freeSpot(node, anchors, drawn) {
  const middle = mean(drawn);
  const from = anchors.length ? mean(anchors) : middle;
  const boxes = drawn.map(box);
  const outward = Math.atan2(from.y - middle.y, from.x - middle.x);
  const start = anchors.length === 1 || !anchors.length ? NEAREST : 0;
  for (let ring = 0; ring < RINGS; ring += 1) {
    const reach = start + ring * RING;
    const places = Math.max(1, Math.floor((2 * Math.PI * reach) / ALONG));
    for (let index = 0; index < places; index += 1) {
      const turn = ((index % 2 ? 1 : -1) * Math.ceil(index / 2) * 2 * Math.PI) / places;
      const spot = { x: Math.round(from.x + reach * Math.cos(outward + turn)), y: Math.round(from.y + reach * Math.sin(outward + turn)) };
      if (boxes.every((other) => apart(box({ ...spot, size: node.size }), other))) return spot;
    }
  }
  return { x: Math.round(from.x + RINGS * RING * Math.cos(node.id)), y: Math.round(from.y + RINGS * RING * Math.sin(node.id)) };
}

function mean(all) {
  const sum = all.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / Math.max(1, all.length), y: sum.y / Math.max(1, all.length) };
}

const box = ({ x, y, size }) => ({ left: x - size - LABEL / 2, right: x + size + LABEL / 2, top: y - size - 2, bottom: y + size + LINE });
const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

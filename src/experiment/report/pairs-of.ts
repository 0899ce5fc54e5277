/** @file Each with each. */

/** Each of `items` with each that comes after it, in their order. */
export function pairsOf<Item>(items: readonly Item[]): [first: Item, second: Item][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [Item, Item] => [first, second]));
}

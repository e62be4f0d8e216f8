import type { Bilingual } from '../../domain/text/text.ts';

/** `[id, English, Chinese]` or, with a list behind, a branch of such nodes. */
export type TreeNode = readonly [id: string, en: string, zh: string, below?: readonly TreeNode[]];

interface Leaf {
  id: string;
  path: Bilingual[];
}

/** Leaves of a tree written down in short form; a leaf's id joins the ids on its way with dots. */
export function leavesOf(nodes: readonly TreeNode[]): Leaf[] {
  return nodes.flatMap(([id, en, zh, below]) => {
    const name = { en, 'zh-CN': zh };
    if (!below) return [{ id, path: [name] }];
    return leavesOf(below).map((leaf) => ({ id: `${id}.${leaf.id}`, path: [name, ...leaf.path] }));
  });
}

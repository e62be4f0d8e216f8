import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, parseSync } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Schemas are checked by the desk, not by the window. They stand beside the word lists and rules that
 * the window does use; marked as free of side effects the unused ones leave the bundle, and zod with
 * them. Every constant of `shared` that is made by a call is such a one.
 */
function leaveSchemasOut(): Plugin {
  return {
    name: 'leave-schemas-out',
    enforce: 'pre',
    transform(code, id) {
      if (!/[\\/]shared[\\/].*\.ts$/u.test(id)) return null;
      let marked = code;
      for (const { start, end } of madeByCalls(id, code).reverse()) {
        const made = marked.slice(start, end);
        marked = `${marked.slice(0, start)}/* @__PURE__ */ (() => (${made}))()${marked.slice(end)}`;
      }
      return marked;
    },
  };
}

function madeByCalls(file: string, code: string): { start: number; end: number }[] {
  return parseSync(file, code).program.body.flatMap((statement) => {
    const declared = 'declaration' in statement ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') return [];
    return declared.declarations.flatMap(({ init }) => {
      // Tables of calls, such as the methods of the contract, are written `{ … } as const`.
      const made = init?.type === 'TSAsExpression' ? init.expression : init;
      return init && (made?.type === 'CallExpression' || made?.type === 'ObjectExpression')
        ? [init]
        : [];
    });
  });
}

/**
 * The window and the media page → out/app/renderer. Relative addresses, so that the same files load
 * from a custom scheme in Electron and from the browser shell; nothing inline, for the strict
 * content security policy. The shells put the nonce in the place of `__CSP_NONCE__`.
 */
export default defineConfig({
  root: at('./renderer'),
  base: './',
  plugins: [leaveSchemasOut(), react()],
  build: {
    outDir: at('./out/app/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    sourcemap: false,
    // What the first paint needs is held small by the bench `bundle`; the rest comes when it is asked for.
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: { index: at('./renderer/index.html'), media: at('./renderer/media.html') },
      output: {
        // Forms read their drafts through schemas: zod comes with the first form, not with the window.
        codeSplitting: { groups: [{ name: 'zod', test: /[\\/]node_modules[\\/]zod[\\/]/u }] },
      },
      treeshake: { moduleSideEffects: (id) => !/[\\/](shared|zod)[\\/]/u.test(id) },
    },
  },
});

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The studio's page: page/studio.html and page/assets, beside the report's (vite.config.ts, built before). What is heavy is a file
// of its own and comes when first used: the report's sections with their charts, the editor, the drawing.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2021",
    outDir: "page",
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rollupOptions: { input: "studio.html" },
  },
});

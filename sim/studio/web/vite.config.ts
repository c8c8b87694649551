import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

// One file, page/report.html, with everything in it; the program puts the figures where "@REPORT@" stands.
export default defineConfig({
  plugins: [svelte(), viteSingleFile({ removeViteModuleLoader: true })],
  build: {
    target: "es2021",
    outDir: "page",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: "report.html" },
  },
});

/** Built with the simulated cluster inside (`vite --mode demo`). */
declare const __DEMO__: boolean;

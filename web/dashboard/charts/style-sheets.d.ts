/** A style sheet that a module brings along: the build makes a file of it. */
declare module "*.css";

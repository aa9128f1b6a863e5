declare module '*.css';

declare module '*.svg' {
  const address: string;
  export default address;
}

declare module '*.ipynb?url' {
  const address: string;
  export default address;
}

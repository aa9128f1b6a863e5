declare module '*.css';

declare module '*.svg' {
  const address: string;
  export default address;
}

declare module '*.ipynb?url' {
  const address: string;
  export default address;
}

declare module 'plotly.js-dist-min/plotly.min.js?url' {
  const address: string;
  export default address;
}

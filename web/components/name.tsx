/** What somebody called something, or is called: long ones break wherever a column or a phone ends. */
export const Name = ({ text }: { readonly text: string }) => <span className="atmo-anywhere">{text}</span>;

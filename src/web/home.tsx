export function Home() { return <p>home</p>; }

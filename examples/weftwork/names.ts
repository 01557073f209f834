export const givenNames =
  'Ada Amelie Andre Anika Arun Beatriz Bo Carla Chen Clara Daniel Dara Elif Emeka Erik Fatima Felix Gita Grace Hana Henrik Ines Ivan Jana Jonas Jun Kamala Karl Keiko Lars Leila Lena Luis Maren Marta Mei Mila Nadia Nils Noor Olga Omar Paula Pedro Priya Rafael Rosa Ruth Sara Sven Tariq Theo Tomas Uma Vera Viktor Wanjiru Wei Yara Yusuf Zoe'.split(
    ' ',
  );

export const familyNames =
  'Abebe Adler Almeida Amari Bakker Banerjee Bauer Berg Castillo Chen Costa Dahl Das Diaz Dubois Eklund Farah Fischer Fournier Garcia Haddad Hansen Hoffmann Ito Jansen Jensen Kaur Khan Kim Kowalski Larsen Lindqvist Lopez Mehta Meyer Moreau Moretti Mwangi Nakamura Nguyen Novak Nowak Okafor Olsen Park Patel Pereira Petrov Raman Reyes Rossi Santos Sato Schmidt Silva Singh Tanaka Torres Vogel Weber Wolf Yilmaz Zhang'.split(
    ' ',
  );

/** 30 by 18 makes 540 company names, so that no two accounts share one by chance. */
export const companyFirst =
  'Alder Amber Arden Basalt Birch Bracken Calder Cedar Cobalt Corran Dunmore Elm Fenwick Garnet Halden Harrow Juniper Kestrel Larch Linden Maple Marlow Norden Oakfield Pinewood Quarry Rowan Selby Thorn Westmark'.split(
    ' ',
  );

export const companySecond =
  'Foods,Freight,Insurance,Bank,Health,Systems,Energy,Retail,Logistics,Media,Robotics,Textiles,Studios,Pharma,Motors,Housing,Labs,Travel'.split(
    ',',
  );

export const titles = [
  'Operations lead',
  'Project manager',
  'Team lead',
  'Product designer',
  'Engineer',
  'Account manager',
  'Claims specialist',
  'Analyst',
  'Head of operations',
  'Compliance officer',
];

export const owners = ['Dara Okafor', 'Henrik Dahl', 'Leila Haddad', 'Marta Nowak', 'Theo Weber', 'Yara Santos'];

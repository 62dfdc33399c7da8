const { dest, parallel, src } = require('gulp');

const icons = () =>
	src(['nodes/**/*.svg', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(dest('dist'));
const schemas = () => src('nodes/*/__schema__/**/*.json', { base: '.', allowEmpty: true }).pipe(dest('dist'));

// What the TypeScript compiler leaves behind: icons and output schemas.
exports.default = parallel(icons, schemas);

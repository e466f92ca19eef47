package dev.recount.standalone.architecture.offender.rowed.query.rows;

import dev.recount.standalone.architecture.offender.rowed.events.Target;

record Offender(Target target) {}

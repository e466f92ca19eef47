package dev.recount.standalone.architecture.offender.sided.web;

import dev.recount.standalone.architecture.offender.sided.query.Target;

record Offender(Target target) {}
